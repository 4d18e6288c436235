# SPDX-License-Identifier: GPL-2.0-or-later
# Packages: cmake --preset package && cmake --build --preset package && (cd build-package && cpack
# -G DEB) or -G RPM.
set(ZCSMGR_MAINTAINER "zcsmgr developers <zcsmgr@example.org>" CACHE STRING
	"Who is named as the packages' maintainer")

# Manual pages and changelog, as they are shipped: compressed, without a time stamp.
find_program(GZIP gzip)
set(compressed)
foreach(page zcsmgrd.8 zcsmgr.8 zcsmgr.conf.5)
	set(output ${CMAKE_BINARY_DIR}/packaging/${page}.gz)
	add_custom_command(OUTPUT ${output} DEPENDS ${PROJECT_SOURCE_DIR}/docs/man/${page}
		COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_BINARY_DIR}/packaging
		COMMAND ${GZIP} -9nc ${PROJECT_SOURCE_DIR}/docs/man/${page} > ${output} VERBATIM)
	string(REGEX REPLACE ".*\\." "" section ${page})
	install(FILES ${output} DESTINATION ${CMAKE_INSTALL_MANDIR}/man${section})
	list(APPEND compressed ${output})
endforeach()
set(output ${CMAKE_BINARY_DIR}/packaging/changelog.gz)
add_custom_command(OUTPUT ${output} DEPENDS ${PROJECT_SOURCE_DIR}/packaging/changelog
	COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_BINARY_DIR}/packaging
	COMMAND ${GZIP} -9nc ${PROJECT_SOURCE_DIR}/packaging/changelog > ${output} VERBATIM)
list(APPEND compressed ${output})
add_custom_target(packaging_files ALL DEPENDS ${compressed})

install(FILES ${output} packaging/copyright DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/zcsmgr)
install(FILES conf/corosync.conf conf/zcsmgr.conf conf/optzimbra.res conf/optzimbra-drbd9.res
	DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/zcsmgr/examples)
install(FILES conf/zcsmgr.bash-completion
	DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME zcsmgr)
install(DIRECTORY DESTINATION ${CMAKE_INSTALL_FULL_SYSCONFDIR}/zcsmgr
	DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE
		WORLD_READ WORLD_EXECUTE)

set(CPACK_PACKAGE_NAME zcsmgr)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_VENDOR "zcsmgr developers")
set(CPACK_PACKAGE_CONTACT "${ZCSMGR_MAINTAINER}")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "service manager for a Zimbra mail server on two nodes")
set(CPACK_PACKAGE_DESCRIPTION "zcsmgr keeps a Zimbra mail server running on exactly one node of a Corosync
cluster. One daemon elects the active node, promotes DRBD, mounts the file
system, adds the virtual address and starts the mail suite. It never starts
a service without proof that no other node can be running it, and says at
any time what it waits for and why.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_SET_DESTDIR ON) # the unit, /etc/zcsmgr: not all is below the prefix
set(CPACK_INSTALL_PREFIX /usr)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ
	GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION admin)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "corosync (>= 3.0), drbd-utils")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "fence-agents")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${PROJECT_SOURCE_DIR}/packaging/deb/postinst
	${PROJECT_SOURCE_DIR}/packaging/deb/prerm ${PROJECT_SOURCE_DIR}/packaging/deb/postrm)

set(CPACK_RPM_FILE_NAME RPM-DEFAULT)
set(CPACK_RPM_PACKAGE_LICENSE GPL-2.0-or-later)
set(CPACK_RPM_SPEC_MORE_DEFINE "%define _build_id_links none")
set(CPACK_RPM_PACKAGE_GROUP System/Base)
set(CPACK_RPM_PACKAGE_REQUIRES "corosync >= 3.0, drbd-utils")
set(CPACK_RPM_POST_INSTALL_SCRIPT_FILE ${PROJECT_SOURCE_DIR}/packaging/rpm/post)
set(CPACK_RPM_PRE_UNINSTALL_SCRIPT_FILE ${PROJECT_SOURCE_DIR}/packaging/rpm/preun)
set(CPACK_RPM_POST_UNINSTALL_SCRIPT_FILE ${PROJECT_SOURCE_DIR}/packaging/rpm/postun)
set(CPACK_RPM_EXCLUDE_FROM_AUTO_FILELIST_ADDITION /usr/lib/tmpfiles.d /usr/lib/sysusers.d
	/usr/lib/systemd /usr/lib/systemd/system /usr/share/bash-completion
	/usr/share/bash-completion/completions /usr/share/man /usr/share/man/man5
	/usr/share/man/man8 /usr/share/doc /usr/libexec /etc)

include(CPack)
