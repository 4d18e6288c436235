# SPDX-License-Identifier: GPL-2.0-or-later
# Included by the main CMakeLists.txt.
set(ZCSMGR_UNIT_DIR "" CACHE PATH "Where systemd units go; empty: as systemd.pc says")
set(unit_dir "${ZCSMGR_UNIT_DIR}")
if(NOT unit_dir)
	pkg_get_variable(unit_dir systemd systemd_system_unit_dir)
endif()
if(NOT unit_dir)
	set(unit_dir lib/systemd/system)
endif()

foreach(file zcsmgr.service zcsmgr.init zcsmgr-stop)
	configure_file(init/${file}.in ${CMAKE_BINARY_DIR}/init/${file} @ONLY)
endforeach()

install(FILES ${CMAKE_BINARY_DIR}/init/zcsmgr.service DESTINATION ${unit_dir})
install(PROGRAMS ${CMAKE_BINARY_DIR}/init/zcsmgr-stop
	DESTINATION ${CMAKE_INSTALL_LIBEXECDIR}/zcsmgr)
if(ZCSMGR_SYSV)
	install(PROGRAMS ${CMAKE_BINARY_DIR}/init/zcsmgr.init
		DESTINATION ${CMAKE_INSTALL_FULL_SYSCONFDIR}/init.d RENAME zcsmgr)
endif()
install(FILES init/zcsmgr.tmpfiles DESTINATION lib/tmpfiles.d RENAME zcsmgr.conf)
install(FILES init/zcsmgr.sysusers DESTINATION lib/sysusers.d RENAME zcsmgr.conf)
